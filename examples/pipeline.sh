#!/bin/sh
# A job, a trigger, a workflow and a day: needs curl, node and an emulator started with `npm start -- --now 2025-06-01`.
set -eu
url=${DATAFLOW_URL:-http://127.0.0.1:6270}
cli=${DATAFLOW_CLI:-dist/cli.js}

# call METHOD TARGET [BODY]: signs and sends, and prints the answer.
call() {
  node "$cli" sign "$1" "$2" | curl -sS --fail-with-body -X "$1" "$url$2" -H @- ${3:+-H content-type:application/json -d "$3"}
}
# member NAME: the text under that name in the JSON of standard input.
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

settings='{"nrn":"nrn:PUB:role","scriptPath":"bucket/scripts","logPath":"bucket/logs"}'
rule='{"type":"RECURRING","interval":"HOUR","time":"30"}'

job=$(call POST /api/v1/jobs '{"name":"orders","nodes":[]}' | member jobId)
trigger=$(call POST /api/v1/triggers '{"name":"hourly","type":"SCHEDULED","triggerRule":'"$rule"'}' | member triggerId)
nodes='[{"id":"'$trigger'","name":"hourly","type":"TRIGGER","parentNodeIds":[]},
  {"id":"'$job'","name":"orders","type":"JOB","parentNodeIds":["'$trigger'"],"jobCondition":'$settings'}]'
call POST /api/v1/workflows '{"name":"hourly-orders","isTemp":false,"nodes":'"$nodes"'}' >/dev/null

echo "the third execution fails; then a day passes:"
curl -sS -X PUT "$url/__admin/jobs/$job/next-runs" -H content-type:application/json -d '[{},{},{"end":"FAILED"}]' >/dev/null
curl -sS -X PUT "$url/__admin/clock" -H content-type:application/json -d '{"advance":"1d"}'
printf '\nthe newest execution:\n'
call GET "/api/v1/jobs/$job/executions?limit=1"
printf '\nthe statistics:\n'
call GET '/api/v1/stats/executions?startDate=2025-06-01T00:00:00&endDate=2025-06-02T00:00:00'
echo

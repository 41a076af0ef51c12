import json
import os
import subprocess
import urllib.error
import urllib.request

import pytest

from dataflow import DataFlow

CONDITION = {"nrn": "nrn:PUB:role", "scriptPath": "bucket/scripts", "logPath": "bucket/logs"}


@pytest.fixture(scope="session")
def emulator():
    # The bin itself, not npx, which does not pass signals on.
    command = os.environ.get("DATAFLOW_EMULATOR", "node_modules/.bin/ncp-dataflow-emulator")
    options = ["--port", "0", "--fixtures", "none", "--run-time", "1h", "--log-level", "silent"]
    with subprocess.Popen([command, *options], stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().split()[-1]  # "ncp-dataflow-emulator listens on http://127.0.0.1:..."
        process.terminate()


@pytest.fixture
def control(emulator):
    def call(method, path, body=None):
        headers = {} if body is None else {"content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{emulator}/__admin{path}", method=method, headers=headers, data=data)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    return call


@pytest.fixture
def account(control):
    made = control("POST", "/accounts")
    yield made
    control("DELETE", f"/accounts/{made['name']}")


@pytest.fixture
def client(emulator, account):
    return DataFlow(emulator, account["accessKey"], account["secretKey"])


def newest_run(client, job_id):
    return client.call("GET", f"/api/v1/jobs/{job_id}/executions?limit=1")["list"][0]


def test_a_run_of_an_hour_takes_no_time(client, control):
    control("PUT", "/clock", {"frozen": True})
    job_id = client.call("POST", "/api/v1/jobs", {"name": "orders", "nodes": []})["jobId"]
    client.call("POST", f"/api/v1/jobs/{job_id}/executions", {"jobCondition": CONDITION})
    control("PUT", "/clock", {"advance": "30m"})
    assert newest_run(client, job_id)["status"] == "RUNNING"
    control("PUT", "/clock", {"advance": "1h"})
    assert newest_run(client, job_id)["status"] == "COMPLETED"
    control("PUT", "/clock", {"system": True})


def test_a_service_that_does_not_answer(client, control, account):
    effect = {"kind": "refuse", "error": "endpoint-timeout"}
    control("POST", "/faults", {"account": account["name"], "operation": "getJobs", "times": 1, "effect": effect})
    with pytest.raises(urllib.error.HTTPError, match="504"):
        client.call("GET", "/api/v1/jobs")
    assert client.call("GET", "/api/v1/jobs")["count"] == 0
    seen = control("GET", f"/requests?operation=getJobs&account={account['name']}")["requests"]
    assert [request["status"] for request in seen] == [504, 200]


def test_jobs_are_found_by_name_on_all_pages(client):
    for number in range(3):
        client.call("POST", "/api/v1/jobs", {"name": f"orders_{number}", "nodes": []})
    assert sorted(job["name"] for job in client.jobs_named("orders", limit=2)) == ["orders_0", "orders_1", "orders_2"]
    assert client.jobs_named("주문 적재") == []

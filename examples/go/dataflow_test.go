package dataflow

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func sign(method, target, timestamp, accessKey, secretKey string) string {
	mac := hmac.New(sha256.New, []byte(secretKey))
	fmt.Fprintf(mac, "%s %s\n%s\n%s", method, target, timestamp, accessKey)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

var emulatorURL string

// One emulator for all tests of the package.
func TestMain(m *testing.M) {
	// The bin itself, not npx, which does not pass signals on.
	command := os.Getenv("DATAFLOW_EMULATOR")
	if command == "" {
		command = "node_modules/.bin/ncp-dataflow-emulator"
	}
	process := exec.Command(command, "--port", "0", "--fixtures", "none", "--run-time", "1h", "--log-level", "silent")
	stdout, err := process.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := process.Start(); err != nil {
		panic(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n') // ncp-dataflow-emulator listens on http://127.0.0.1:...
	if err != nil {
		panic(err)
	}
	words := strings.Fields(line)
	emulatorURL = words[len(words)-1]
	code := m.Run()
	process.Process.Signal(syscall.SIGTERM)
	process.Wait()
	os.Exit(code)
}

type account struct{ Name, AccessKey, SecretKey string }

func send(t *testing.T, request *http.Request) (int, []byte) {
	t.Helper()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}

func newRequest(t *testing.T, method, target, body string) *http.Request {
	t.Helper()
	request, err := http.NewRequest(method, emulatorURL+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

func control(t *testing.T, method, path, body string, into any) {
	t.Helper()
	status, answer := send(t, newRequest(t, method, "/__admin"+path, body))
	if status >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			t.Fatal(err)
		}
	}
}

// An account that no other test sees; it goes with the test.
func newAccount(t *testing.T) (made account) {
	t.Helper()
	control(t, "POST", "/accounts", "", &made)
	t.Cleanup(func() { control(t, "DELETE", "/accounts/"+made.Name, "", nil) })
	return made
}

func (a account) call(t *testing.T, method, target, body string) (int, []byte) {
	t.Helper()
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	request := newRequest(t, method, target, body)
	request.Header.Set("x-ncp-apigw-timestamp", timestamp)
	request.Header.Set("x-ncp-iam-access-key", a.AccessKey)
	request.Header.Set("x-ncp-apigw-signature-v2", sign(method, target, timestamp, a.AccessKey, a.SecretKey))
	return send(t, request)
}

func TestARunOfAnHourTakesNoTime(t *testing.T) {
	a := newAccount(t)
	control(t, "PUT", "/clock", `{"frozen":true}`, nil)
	t.Cleanup(func() { control(t, "PUT", "/clock", `{"system":true}`, nil) })
	var job struct{ JobID string }
	_, made := a.call(t, "POST", "/api/v1/jobs", `{"name":"orders","nodes":[]}`)
	if err := json.Unmarshal(made, &job); err != nil {
		t.Fatal(err)
	}
	runs := "/api/v1/jobs/" + job.JobID + "/executions"
	condition := `{"nrn":"nrn:PUB:role","scriptPath":"bucket/scripts","logPath":"bucket/logs"}`
	if status, answer := a.call(t, "POST", runs, `{"jobCondition":`+condition+`}`); status != 200 {
		t.Fatalf("%d %s", status, answer)
	}
	control(t, "PUT", "/clock", `{"advance":"2h"}`, nil)
	if _, answer := a.call(t, "GET", runs+"?limit=1", ""); !strings.Contains(string(answer), `"status":"COMPLETED"`) {
		t.Fatalf("not completed: %s", answer)
	}
}

func TestAServiceThatDoesNotAnswer(t *testing.T) {
	a := newAccount(t)
	effect := `{"kind":"refuse","error":"endpoint-timeout"}`
	control(t, "POST", "/faults", `{"account":"`+a.Name+`","operation":"getJobs","times":1,"effect":`+effect+`}`, nil)
	for _, expected := range []int{504, 200} {
		if status, answer := a.call(t, "GET", "/api/v1/jobs", ""); status != expected {
			t.Fatalf("%d instead of %d: %s", status, expected, answer)
		}
	}
}

func TestJobsAreFoundByAKoreanNameWithASpace(t *testing.T) {
	a := newAccount(t)
	target := "/api/v1/jobs?name=" + url.PathEscape("주문 적재")
	if status, answer := a.call(t, "GET", target, ""); status != 200 || !strings.Contains(string(answer), `"count":0`) {
		t.Fatalf("%d %s", status, answer)
	}
}

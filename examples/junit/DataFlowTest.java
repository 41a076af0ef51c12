import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataFlowTest {
    static Process emulator;
    static String url;

    private final DataFlow client = new DataFlow(url, "ncp_iam_EMULATORACCESSKEY", "ncp_iam_EMULATORSECRETKEY");

    /** Starts the bin itself, not npx, which does not pass signals on. */
    @BeforeAll
    static void start() throws Exception {
        var command = System.getenv().getOrDefault("DATAFLOW_EMULATOR", "node_modules/.bin/ncp-dataflow-emulator");
        emulator = new ProcessBuilder(command, "--port", "0", "--fixtures", "none", "--run-time", "1h", "--log-level", "silent")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        var line = emulator.inputReader().readLine(); // "ncp-dataflow-emulator listens on http://127.0.0.1:..."
        url = line.substring(line.lastIndexOf(' ') + 1);
    }

    @AfterAll
    static void stop() throws Exception {
        emulator.destroy();
        assertEquals(0, emulator.waitFor());
    }

    static String control(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/__admin" + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer.body());
        return answer.body();
    }

    @BeforeEach
    void reset() throws Exception {
        control("POST", "/reset", "{}");
    }

    @Test
    void aRunOfAnHourTakesNoTime() throws Exception {
        control("PUT", "/clock", "{\"frozen\":true}");
        var made = client.call("POST", "/api/v1/jobs", "{\"name\":\"orders\",\"nodes\":[]}").body();
        var jobId = Pattern.compile("\"jobId\":\"(\\w+)\"").matcher(made).results().findFirst().orElseThrow().group(1);
        var runs = "/api/v1/jobs/" + jobId + "/executions";
        var condition = "{\"nrn\":\"nrn:PUB:role\",\"scriptPath\":\"bucket/scripts\",\"logPath\":\"bucket/logs\"}";
        assertEquals(200, client.call("POST", runs, "{\"jobCondition\":" + condition + "}").statusCode());
        control("PUT", "/clock", "{\"advance\":\"2h\"}");
        assertTrue(client.call("GET", runs + "?limit=1", "").body().contains("\"status\":\"COMPLETED\""));
    }

    @Test
    void theServiceDoesNotAnswer() throws Exception {
        var effect = "{\"kind\":\"refuse\",\"error\":\"endpoint-timeout\"}";
        control("POST", "/faults", "{\"operation\":\"getJobs\",\"times\":1,\"effect\":" + effect + "}");
        assertEquals(504, client.call("GET", "/api/v1/jobs", "").statusCode());
        assertEquals(200, client.call("GET", "/api/v1/jobs", "").statusCode());
    }

    @Test
    void jobsAreFoundByAKoreanNameWithASpace() throws Exception {
        var name = URLEncoder.encode("주문 적재", StandardCharsets.UTF_8).replace("+", "%20");
        var answer = client.call("GET", "/api/v1/jobs?name=" + name, "");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("\"count\":0"), answer.body());
    }
}

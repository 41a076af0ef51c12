// The code under test: a small client, as it might stand in your program.
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class DataFlow {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String accessKey;
    private final String secretKey;

    public DataFlow(String url, String accessKey, String secretKey) {
        this.url = url;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    static String sign(String method, String target, String timestamp, String accessKey, String secretKey) throws Exception {
        var text = method + " " + target + "\n" + timestamp + "\n" + accessKey;
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a body, or none where it is empty. */
    public HttpResponse<String> call(String method, String target, String body) throws Exception {
        var timestamp = String.valueOf(System.currentTimeMillis());
        var request = HttpRequest.newBuilder(URI.create(url + target))
            .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .header("x-ncp-apigw-timestamp", timestamp)
            .header("x-ncp-iam-access-key", accessKey)
            .header("x-ncp-apigw-signature-v2", sign(method, target, timestamp, accessKey, secretKey))
            .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

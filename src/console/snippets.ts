/** A request that code is shown for. */
export interface Call {
  readonly url: string
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly accessKey: string
  readonly body?: string | undefined
}

export const snippetLanguages = ['curl', 'Python', 'Java', 'Go', 'JavaScript'] as const
export type SnippetLanguage = (typeof snippetLanguages)[number]

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const quoted = (text: string): string => JSON.stringify(text)

/** A command with headers that were signed just now: it works for five minutes. */
export const curl = ({ url, method, target, body }: Call, headers: Readonly<Record<string, string>>): string =>
  [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${shell(url + target)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : ["-H 'content-type: application/json'", `-d ${shell(body)}`]),
  ].join(' \\\n  ')

const python = ({
  url,
  method,
  target,
  accessKey,
  body,
}: Call): string => `import base64, hashlib, hmac, os, time, urllib.request

target = ${quoted(target)}
timestamp = str(int(time.time() * 1000))
access_key = ${quoted(accessKey)}
text = "${method} " + target + "\\n" + timestamp + "\\n" + access_key
secret_key = os.environ["NCLOUD_SECRET_KEY"]
digest = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).digest()
request = urllib.request.Request(${quoted(url)} + target, method="${method}", headers={
    "x-ncp-apigw-timestamp": timestamp,
    "x-ncp-iam-access-key": access_key,
    "x-ncp-apigw-signature-v2": base64.b64encode(digest).decode(),
    "content-type": "application/json",
}${body === undefined ? '' : `, data=${quoted(body)}.encode()`})
print(urllib.request.urlopen(request).read().decode())`

const java = ({ url, method, target, accessKey, body }: Call): string => `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import static java.nio.charset.StandardCharsets.UTF_8;

class Call {
    public static void main(String[] arguments) throws Exception {
        String target = ${quoted(target)};
        String timestamp = String.valueOf(System.currentTimeMillis());
        String accessKey = ${quoted(accessKey)};
        String text = "${method} " + target + "\\n" + timestamp + "\\n" + accessKey;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(System.getenv("NCLOUD_SECRET_KEY").getBytes(UTF_8), "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(${quoted(url)} + target))
            .header("x-ncp-apigw-timestamp", timestamp)
            .header("x-ncp-iam-access-key", accessKey)
            .header("x-ncp-apigw-signature-v2", signature)
            .header("content-type", "application/json")
            .method("${method}", HttpRequest.BodyPublishers.${body === undefined ? 'noBody()' : `ofString(${quoted(body)})`})
            .build();
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}`

const go = ({ url, method, target, accessKey, body }: Call): string => `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"os"
	"strconv"${body === undefined ? '' : '\n\t"strings"'}
	"time"
)

func main() {
	request, err := http.NewRequest("${method}", ${quoted(url + target)}, ${body === undefined ? 'nil' : `strings.NewReader(${quoted(body)})`})
	if err != nil {
		panic(err)
	}
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	accessKey := ${quoted(accessKey)}
	mac := hmac.New(sha256.New, []byte(os.Getenv("NCLOUD_SECRET_KEY")))
	mac.Write([]byte("${method} " + request.URL.RequestURI() + "\\n" + timestamp + "\\n" + accessKey))
	request.Header.Set("x-ncp-apigw-timestamp", timestamp)
	request.Header.Set("x-ncp-iam-access-key", accessKey)
	request.Header.Set("x-ncp-apigw-signature-v2", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	request.Header.Set("content-type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	io.Copy(os.Stdout, response.Body)
}`

const javascript = ({ url, method, target, accessKey, body }: Call): string => `import { createHmac } from 'node:crypto'

const url = new URL(${quoted(url + target)})
// fetch sends the address as URL writes it.
const target = url.pathname + url.search
const timestamp = String(Date.now())
const accessKey = ${quoted(accessKey)}
const signature = createHmac('sha256', process.env.NCLOUD_SECRET_KEY)
  .update(\`${method} \${target}\\n\${timestamp}\\n\${accessKey}\`)
  .digest('base64')
const response = await fetch(url, {
  method: '${method}',
  headers: {
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': signature,
    'content-type': 'application/json',
  },${body === undefined ? '' : `\n  body: ${quoted(body)},`}
})
console.log(await response.text())`

const writers = { Python: python, Java: java, Go: go, JavaScript: javascript }

/** Code that signs and sends a call; the secret key is read from the environment. */
export const snippet = (language: Exclude<SnippetLanguage, 'curl'>, call: Call): string => writers[language](call)

<?php
// A small client: signing, paging, polling. Runs under: npx ncp-dataflow-emulator exec --fixtures none --run-time 100ms -- php dataflow.php
declare(strict_types=1);

final class DataFlow
{
    public function __construct(private string $url, private string $accessKey, private string $secretKey) {}

    /** Signs and sends; returns the body. */
    public function call(string $method, string $target, ?array $body = null): array
    {
        $timestamp = (string) (int) (microtime(true) * 1000);
        $text = "$method $target\n$timestamp\n$this->accessKey";
        $headers = [
            'content-type: application/json',
            "x-ncp-apigw-timestamp: $timestamp",
            "x-ncp-iam-access-key: $this->accessKey",
            'x-ncp-apigw-signature-v2: ' . base64_encode(hash_hmac('sha256', $text, $this->secretKey, true)),
        ];
        $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true];
        if ($body !== null) {
            $http['content'] = json_encode($body, JSON_THROW_ON_ERROR);
        }
        $answer = file_get_contents($this->url . $target, false, stream_context_create(['http' => $http]));
        $status = (int) explode(' ', $http_response_header[0])[1];
        if ($status >= 400) {
            throw new RuntimeException("$method $target: $status $answer");
        }
        return json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
    }

    /** All jobs whose name contains a text, page after page. */
    public function jobsNamed(string $name, int $limit = 100): array
    {
        $found = [];
        do {
            $page = $this->call('GET', '/api/v1/jobs?name=' . rawurlencode($name) . '&page=' . intdiv(count($found), $limit) . "&limit=$limit");
            $found = [...$found, ...$page['list']];
        } while ($page['list'] !== [] && count($found) < $page['count']);
        return $found;
    }

    /** Waits until the newest execution of a job has ended; returns its status. */
    public function waitForEnd(string $jobId, float $seconds = 30): string
    {
        for ($end = microtime(true) + $seconds; microtime(true) < $end; usleep(50_000)) {
            $status = $this->call('GET', "/api/v1/jobs/$jobId/executions?limit=1")['list'][0]['status'];
            if (!in_array($status, ['READY', 'RUNNING'], true)) {
                return $status;
            }
        }
        throw new RuntimeException("$jobId has not ended in $seconds s");
    }
}

function check(mixed $expected, mixed $actual): void
{
    if ($expected !== $actual) {
        throw new RuntimeException('expected ' . json_encode($expected) . ', found ' . json_encode($actual));
    }
}

$client = new DataFlow(getenv('DATAFLOW_URL'), getenv('NCLOUD_ACCESS_KEY'), getenv('NCLOUD_SECRET_KEY'));
foreach (['orders_0', 'orders_1', 'orders_2'] as $name) {
    $job = $client->call('POST', '/api/v1/jobs', ['name' => $name, 'nodes' => []]);
}
check(3, count($client->jobsNamed('orders', 2)));
check([], $client->jobsNamed('주문 적재'));
$condition = ['nrn' => 'nrn:PUB:role', 'scriptPath' => 'bucket/scripts', 'logPath' => 'bucket/logs'];
$client->call('POST', "/api/v1/jobs/{$job['jobId']}/executions", ['jobCondition' => $condition]);
check('COMPLETED', $client->waitForEnd($job['jobId']));
echo "all checks passed\n";

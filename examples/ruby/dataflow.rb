# A small client: signing, paging, polling. Runs under: npx ncp-dataflow-emulator exec --fixtures none --run-time 100ms -- ruby dataflow.rb
require 'erb'
require 'json'
require 'net/http'
require 'openssl'

class DataFlow
  def initialize(url, access_key, secret_key)
    @url, @access_key, @secret_key = URI(url), access_key, secret_key
  end

  # Signs and sends; returns the body.
  def call(method, target, body = nil)
    timestamp = (Time.now.to_f * 1000).to_i.to_s
    text = "#{method} #{target}\n#{timestamp}\n#{@access_key}"
    headers = {
      'content-type' => 'application/json',
      'x-ncp-apigw-timestamp' => timestamp,
      'x-ncp-iam-access-key' => @access_key,
      'x-ncp-apigw-signature-v2' => [OpenSSL::HMAC.digest('SHA256', @secret_key, text)].pack('m0')
    }
    answer = Net::HTTP.start(@url.host, @url.port, use_ssl: @url.scheme == 'https') do |http|
      http.send_request(method, target, body && JSON.generate(body), headers)
    end
    raise "#{method} #{target}: #{answer.code} #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)

    JSON.parse(answer.body)
  end

  # All jobs whose name contains a text, page after page.
  def jobs_named(name, limit = 100)
    found = []
    loop do
      page = call('GET', "/api/v1/jobs?name=#{ERB::Util.url_encode(name)}&page=#{found.size / limit}&limit=#{limit}")
      found += page['list']
      return found if page['list'].empty? || found.size >= page['count']
    end
  end

  # Waits until the newest execution of a job has ended; returns its status.
  def wait_for_end(job_id, seconds = 30)
    give_up = Time.now + seconds
    while Time.now < give_up
      status = call('GET', "/api/v1/jobs/#{job_id}/executions?limit=1")['list'][0]['status']
      return status unless %w[READY RUNNING].include?(status)

      sleep 0.05
    end
    raise "#{job_id} has not ended in #{seconds} s"
  end
end

def check(expected, actual)
  raise "expected #{expected.inspect}, found #{actual.inspect}" unless expected == actual
end

client = DataFlow.new(*ENV.values_at('DATAFLOW_URL', 'NCLOUD_ACCESS_KEY', 'NCLOUD_SECRET_KEY'))
jobs = %w[orders_0 orders_1 orders_2].map { |name| client.call('POST', '/api/v1/jobs', { name: name, nodes: [] }) }
check(3, client.jobs_named('orders', 2).size)
check([], client.jobs_named('주문 적재'))
condition = { nrn: 'nrn:PUB:role', scriptPath: 'bucket/scripts', logPath: 'bucket/logs' }
job_id = jobs.last['jobId']
client.call('POST', "/api/v1/jobs/#{job_id}/executions", { jobCondition: condition })
check('COMPLETED', client.wait_for_end(job_id))
puts 'all checks passed'

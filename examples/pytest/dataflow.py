# The code under test: a small client, as it might stand in your program.
import base64
import hashlib
import hmac
import json
import time
import urllib.parse
import urllib.request


def sign(method, target, timestamp, access_key, secret_key):
    text = f"{method} {target}\n{timestamp}\n{access_key}"
    return base64.b64encode(hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).digest()).decode()


class DataFlow:
    def __init__(self, url, access_key, secret_key):
        self.url, self.access_key, self.secret_key = url, access_key, secret_key

    def call(self, method, target, body=None):
        timestamp = str(int(time.time() * 1000))
        request = urllib.request.Request(self.url + target, method=method, headers={
            "content-type": "application/json",
            "x-ncp-apigw-timestamp": timestamp,
            "x-ncp-iam-access-key": self.access_key,
            "x-ncp-apigw-signature-v2": sign(method, target, timestamp, self.access_key, self.secret_key),
        }, data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def jobs_named(self, name, limit=100):
        """All jobs whose name contains a text, page after page."""
        found = []
        while True:
            query = urllib.parse.urlencode({"name": name, "page": len(found) // limit, "limit": limit}, quote_via=urllib.parse.quote)
            page = self.call("GET", f"/api/v1/jobs?{query}")
            found += page["list"]
            if not page["list"] or len(found) >= page["count"]:
                return found

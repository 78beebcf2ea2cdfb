"""Servers of others that answer the same call, run on loopback where they are installed: Prism and OGX.

Prism (npm, @stoplight/prism-cli) answers as the vendor's description says. OGX (PyPI, Python 3.12 or newer) stores completions
for real; what it stores comes from a model, whose place is taken here by a few lines of HTTP.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

MODEL = "tiny"


def found(name: str) -> str | None:
    """The program of that name on the path, or where SUDO_INSPECTOR_PEERS names its folder."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("SUDO_INSPECTOR_PEERS", ""), os.environ["PATH"])))


@contextmanager
def prism(description: Path, *options: str) -> Iterator[str]:
    """The base URL of a Prism that answers as `description` says."""
    port = free_port()
    command = [found("prism") or "", "mock", str(description), "-h", "127.0.0.1", "-p", str(port), *options]
    with running(command, "Prism is listening"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def ogx(folder: Path, answer: dict[str, Any]) -> Iterator[str]:
    """The base URL of an OGX whose model always says `answer`; what it stores lies in `folder`."""
    port = free_port()
    with model(answer) as upstream:
        path = folder / "config.yaml"
        path.write_text(json.dumps(_config(folder, upstream, port)))  # JSON is YAML too
        environment = os.environ | {"HOME": str(folder), "COLUMNS": "200"}
        with running([found("ogx") or "", "run", "--insecure", str(path)], "Uvicorn running", environment):
            yield f"http://127.0.0.1:{port}"


def store(base_url: str, messages: list[dict[str, str]]) -> str:
    """Has a completion made and stored; returns its ID."""
    body = json.dumps({"model": f"upstream/{MODEL}", "store": True, "messages": messages}).encode()
    request = Request(f"{base_url}/v1/chat/completions", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=20) as response:
        made: str = json.load(response)["id"]
    return made


@contextmanager
def running(command: list[str], ready: str, environment: dict[str, str] | None = None) -> Iterator[None]:
    """Runs a server until the block ends; begins once it has said `ready`."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, start_new_session=True
    )
    assert process.stdout is not None
    said = []
    rest = None
    try:
        for line in process.stdout:
            said.append(line)
            if ready in line:
                break
        else:
            raise AssertionError("".join(said))
        rest = Thread(target=process.stdout.read, daemon=True)
        rest.start()
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait(10)
        if rest is not None:
            rest.join(10)
        process.stdout.close()


@contextmanager
def model(answer: dict[str, Any]) -> Iterator[str]:
    """The base URL of a model that always says the same."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply({"object": "list", "data": [{"id": MODEL, "object": "model", "created": 1, "owned_by": "us"}]})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._reply(answer)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

        def _reply(self, value: object) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _config(folder: Path, upstream: str, port: int) -> dict[str, Any]:
    stores = {name: {"table_name": name, "backend": "sql"} for name in ("conversations", "prompts", "connectors")}
    stores["inference"] = {"table_name": "inference_store", "backend": "sql"}
    provider = {"base_url": upstream, "api_token": "upstream"}
    return {
        "version": 2,
        "distro_name": "inspector",
        "apis": ["inference"],
        "providers": {"inference": [{"provider_id": "upstream", "provider_type": "remote::vllm", "config": provider}]},
        "storage": {
            "backends": {
                "kv": {"type": "kv_sqlite", "db_path": str(folder / "kv.db")},
                "sql": {"type": "sql_sqlite", "db_path": str(folder / "sql.db")},
            },
            "stores": stores | {"metadata": {"namespace": "registry", "backend": "kv"}},
        },
        "server": {"port": port, "host": "127.0.0.1"},
    }

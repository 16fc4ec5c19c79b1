"""The least that a server can do: it reads each message, and answers a text with diagnostics that it has ready.

`echo.py DIAGNOSTICS BYTES` sends so many of them, of so many bytes each, unless a message asks for another number.
"""

from __future__ import annotations

import json
import sys


def main(diagnostics: int, size: int) -> None:
    """Answer until the client says "exit" or is gone."""
    one = (
        '{"range":{"start":{"line":12345,"character":0},"end":{"line":12345,"character":6}},"severity":1,'
        '"code":"duplicate-key","source":"echo","message":"%s"}'
    )
    one %= "." * max(0, size - len(one) + 2)
    ready = {diagnostics: ",".join([one] * diagnostics)}
    read, write = sys.stdin.buffer, sys.stdout.buffer
    while True:
        length = 0
        while (header := read.readline()) not in (b"\r\n", b""):
            if header[:15].lower() == b"content-length:":
                length = int(header[15:])
        if not header:
            return
        message = json.loads(read.read(length))
        method = message.get("method")
        if method in ("textDocument/didOpen", "textDocument/didChange"):
            document = message["params"]["textDocument"]
            number = message["params"].get("diagnostics", diagnostics)
            if number not in ready:
                ready[number] = ",".join([one] * number)
            body = (
                f'{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":"{document["uri"]}",'
                f'"version":{document["version"]},"diagnostics":[{ready[number]}]}}}}'
            ).encode()
        elif method == "exit":
            return
        elif "id" in message:
            body = b'{"jsonrpc":"2.0","id":%d,"result":{"capabilities":{"textDocumentSync":2}}}' % message["id"]
        else:
            continue
        write.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        write.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

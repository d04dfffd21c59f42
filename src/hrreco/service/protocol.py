"""HTTP as uvicorn speaks it, with a bound on what comes before the body of a request."""

from __future__ import annotations

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hrreco.service.problems import Problem

_MOST_BYTES = 65_536
"""Of a request line and headers together: uvicorn's own bound, which this protocol lacks."""


class BoundedProtocol(HttpToolsProtocol):
    """Refuses a request whose headers are too large, or have no end."""

    _received = 0
    """Bytes since the request began, as long as its headers have no end."""
    _read = 0
    """Bytes of its address and its headers."""
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._in_head:
            if self._received > _MOST_BYTES:
                self.send_400_response("the headers have no end")
                return
            self._received += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._received, self._read, self._in_head = 0, 0, True
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a part of the address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._count(name + value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Count no further."""
        self._in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer as to every other error, and close the connection."""
        answer = Problem(400, f"this is no request that can be read: {msg}").response()
        headers = [*answer.raw_headers, (b"connection", b"close")]
        lines = [STATUS_LINE[HTTPStatus.BAD_REQUEST], *(b"%b: %b\r\n" % one for one in headers)]
        self.transport.write(b"".join([*lines, b"\r\n", bytes(answer.body)]))
        self.transport.close()

    def _count(self, part: bytes) -> None:
        self._read += len(part)
        if self._read > _MOST_BYTES:
            raise ValueError("the headers are too large")  # which the parser tells uvicorn

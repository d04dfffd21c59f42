"""HTTP as uvicorn speaks it, with a bound on what comes before the body of a request."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_MOST_BYTES = 65_536
"""Of a request line and headers together: uvicorn's own bound, which this protocol lacks."""


class BoundedProtocol(HttpToolsProtocol):
    """Refuses a request whose headers have no end."""

    _head = 0
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if self._in_head:
            if self._head > _MOST_BYTES:
                self.send_400_response("The headers are too large.")
                return
            self._head += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head, self._in_head = 0, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no further."""
        self._in_head = False
        super().on_headers_complete()

"""A Jupyter server extension that sends every kernel message to the browser at once.

The package installs `jupyter-nodelay.json`, which switches it on for every server of its environment;
`jupyter server extension disable lessons_lib.drawing.nodelay` switches it off.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

_SETTING = "kernel_websocket_connection_class"


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """Sets TCP_NODELAY: otherwise Nagle's algorithm and delayed acknowledgements hold each frame for some 40 ms."""

    def connect(self):
        """Open the connection, with TCP_NODELAY on its socket."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()


def _jupyter_server_extension_points():
    return [{"module": "lessons_lib.drawing.nodelay"}]


def _load_jupyter_server_extension(serverapp) -> None:
    """Use the connection above, unless the server was told to use another one than its own."""
    settings = serverapp.web_app.settings
    if settings[_SETTING] is ZMQChannelsWebsocketConnection:
        settings[_SETTING] = NoDelayConnection

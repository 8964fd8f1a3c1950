"""A kernel websocket that sends every message at once."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """Sets TCP_NODELAY: otherwise Nagle's algorithm and delayed acknowledgements hold each frame for some 40 ms."""

    def connect(self):
        """Open the connection, with TCP_NODELAY on its socket."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

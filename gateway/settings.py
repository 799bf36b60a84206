"""How a gateway works, as one typed value."""

from dataclasses import dataclass

from gateway.own import OwnAddresses


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings:
    """Settings of the mounted proxy; its composition root fills them."""

    connect_timeout_s: float = 5.0
    read_timeout_s: float = 60.0  # silence of an upstream, not the whole answer
    idle_connections: int = 256  # kept per upstream host
    most_form_bytes: int = 1_048_576  # of a form read for credentials and rules; larger is refused
    watch_after_s: float = 0.2  # a call is watched for its caller's hanging up from then on
    private_networks: bool = True  # whether upstreams may have private addresses
    own: OwnAddresses = OwnAddresses()  # never upstreams, but for our own Echo API

"""Which addresses are of the public Internet: pure arithmetic, nothing is looked up here.

A page that a stranger wrote may redirect to a machine behind our own firewall, or to the service
that hands a cloud machine its passwords. So an address is refused unless it is public: the tables
are those of the IANA registries of special-purpose addresses (RFC 6890), with multicast, the
reserved rest, and the one public address that a cloud (Azure) uses for itself.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(net), what)
    for net, what in (
        ("127.0.0.0/8", "loopback"),
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("169.254.0.0/16", "link-local"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("168.63.129.16/32", "a cloud's own"),
        ("0.0.0.0/8", "reserved"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved"),
        ("192.88.99.0/24", "reserved"),
        ("198.18.0.0/15", "reserved"),
        ("198.51.100.0/24", "reserved"),
        ("203.0.113.0/24", "reserved"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
"""All that IANA has given out for the public Internet; the rest is something else by its nature."""
_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(net), what)
    for net, what in (
        ("::1/128", "loopback"),
        ("fe80::/10", "link-local"),
        ("fc00::/7", "private"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # Teredo among it, which embeds an address too
        ("2001:db8::/32", "reserved"),
        ("3fff::/20", "reserved"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def why_not_public(address: str) -> str:
    """Return what an IP address is instead of public (``loopback``), or an empty string.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, NAT64) are as public as that. What is no IP
    address is none of the public ones.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return "no IP"
    return _why_v4(found) if isinstance(found, IPv4Address) else _why_v6(found)


def _why_v4(address: IPv4Address) -> str:
    return next((what for net, what in _V4 if address in net), "")


def _why_v6(address: IPv6Address) -> str:
    embedded = address.ipv4_mapped or address.sixtofour
    if address in _NAT64:
        embedded = IPv4Address(int(address) & 0xFFFFFFFF)
    if embedded is not None:
        return _why_v4(embedded)
    known = next((what for net, what in _V6 if address in net), "")
    return known or ("" if address in _PUBLIC_V6 else "reserved")

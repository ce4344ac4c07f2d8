"""Which addresses are public, by the IANA registries of special-purpose addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses

from pubtool.system.addresses import why_not_public

PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.255.255
172.15.255.255 172.32.0.1 192.0.1.1 192.167.255.255 223.255.255.255
2001:4860:4860::8888 2606:4700::1111 2a00::1 ::ffff:8.8.8.8 2002:808:808:: 64:ff9b::808:808
""".split()

NOT_PUBLIC = {
    "loopback": "127.0.0.1 127.255.255.254 ::1 ::ffff:127.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1",
    "private": "10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 fc00::1 "
    "fd00:ec2::254 ::ffff:192.168.1.1 ::ffff:a00:1 2002:c0a8:101::1 64:ff9b::10.0.0.1",
    "link-local": "169.254.169.254 169.254.170.2 fe80::1 febf::1 ::ffff:169.254.169.254 "
    "64:ff9b::a9fe:a9fe",
    "carrier-grade NAT": "100.64.0.1 100.100.100.200 100.127.255.255",
    "a cloud's own": "168.63.129.16",
    "multicast": "224.0.0.1 239.255.255.255 ff02::1 ff0e::1",
    "reserved": "0.0.0.0 0.1.2.3 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255 "
    "198.51.100.1 203.0.113.1 240.0.0.1 255.255.255.255 :: ::7f00:1 64:ff9b:1::1 100::1 2001::1 "
    "2001:10::1 2001:db8::1 3fff::1 4000::1 5f00::1 fec0::1",
    "no IP": "example.org 127.0.0.1:80 1.2.3 2130706433 fe80::1%",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert why_not_public(address) == ""


@pytest.mark.parametrize(
    ("address", "why"), [(one, why) for why, every in NOT_PUBLIC.items() for one in every.split()]
)
def test_not_public(address: str, why: str) -> None:
    assert why_not_public(address) == why


@given(ip_addresses())
def test_what_python_calls_private_is_never_public_here(
    address: IPv4Address | IPv6Address,
) -> None:
    embedded = isinstance(address, IPv6Address) and address.sixtofour
    if address.is_private or address.is_multicast or address.is_link_local:
        assert why_not_public(str(address)) or embedded


@given(ip_addresses(v=4))
def test_an_embedded_address_is_as_public_as_itself(address: IPv4Address) -> None:
    number = int(address)
    for form in (
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x2002 << 112) | (number << 80)),
        IPv6Address((0x64FF9B << 96) | number),
    ):
        assert why_not_public(str(form)) == why_not_public(str(address))

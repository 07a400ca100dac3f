//! Who asks: the other end of the connection, or whom a trusted proxy names.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Proxies that are believed when they say for whom they ask: `10.0.0.0/8,::1`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// A text that is no list of networks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no network: write addresses and networks with commas between, such as 10.0.0.0/8,::1")]
pub struct TrustedProxiesError(String);

impl FromStr for TrustedProxies {
    type Err = TrustedProxiesError;

    fn from_str(text: &str) -> Result<Self, TrustedProxiesError> {
        let network = |part: &str| {
            let network = part.parse().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            network.or(Err(TrustedProxiesError(part.to_owned())))
        };
        text.split(',')
            .map(str::trim)
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl TrustedProxies {
    pub(crate) fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whose request this is. `X-Forwarded-For` is read from its end, where the nearest proxy wrote, for as long as those
    /// who wrote are trusted: what a client put there by itself stands further to the front and counts for nothing.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        let values = headers.get_all("x-forwarded-for").iter().rev();
        let mut hops = values.flat_map(|value| value.to_str().unwrap_or_default().rsplit(','));
        while self.trust(client) {
            match hops.next().and_then(address) {
                Some(before) => client = before,
                None => break,
            }
        }
        client
    }
}

/// An address as proxies write it: with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let address: Option<IpAddr> = text.parse().ok();
    address.or_else(with_port).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &[&'static str]) -> String {
        let proxies: TrustedProxies = proxies.parse().unwrap();
        let values = forwarded
            .iter()
            .map(|value| ("x-forwarded-for".parse().unwrap(), value.parse().unwrap()));
        let headers: HeaderMap = values.collect();
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_proxy_is_believed_only_where_it_is_trusted() {
        let inside = "10.0.0.0/8,::1";
        for (peer, forwarded, expected) in [
            ("203.0.113.9", &["198.51.100.7"][..], "203.0.113.9"),
            ("10.1.2.3", &["198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", &["198.51.100.7:4711"], "198.51.100.7"),
            ("::1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            // The client lied; the proxy wrote the truth behind it.
            ("10.1.2.3", &["127.0.0.1, 198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", &["127.0.0.1", "198.51.100.7"], "198.51.100.7"),
            // Two proxies, both trusted.
            ("10.1.2.3", &["192.0.2.1, 198.51.100.7, 10.9.9.9"], "198.51.100.7"),
            ("10.1.2.3", &["10.7.7.7"], "10.7.7.7"),
            // Nothing that can be read: whoever is known last.
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &["unknown"], "10.1.2.3"),
            ("10.1.2.3", &["198.51.100.7, nonsense, 10.9.9.9"], "10.9.9.9"),
        ] {
            assert_eq!(client(inside, peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_list_of_networks_is_read_or_refused() {
        assert!("10.0.0.0/8, ::1,192.0.2.1".parse::<TrustedProxies>().is_ok());
        for wrong in ["", "10.0.0.0/33", "localhost", "10.0.0.1,", "10.0.0.1;::1"] {
            assert!(wrong.parse::<TrustedProxies>().is_err(), "{wrong}");
        }
    }
}

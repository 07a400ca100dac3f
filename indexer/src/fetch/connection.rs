//! The one way out to the web: which addresses may be asked, and how far we let a server send us.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::Path,
};

use fs_err as fs;
use ureq::{
    Agent,
    config::Config,
    http::{Response, StatusCode, Uri, header},
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

use super::{FetchError, FetchPolicy};

/// How often a server may send us on.
const REDIRECTS: usize = 5;
/// An answer as a whole may take this many times the silence that is allowed.
const WHOLE: u32 = 60;

pub(super) struct Connection {
    agent: Agent,
    policy: FetchPolicy,
}

impl Connection {
    pub(super) fn new(policy: &FetchPolicy) -> Result<Self, FetchError> {
        let roots = policy.ca_file.as_deref().map(authorities).transpose()?;
        let tls = TlsConfig::builder().root_certs(roots.unwrap_or(RootCerts::WebPki));
        let silence = Some(policy.timeout);
        let config = Agent::config_builder()
            .user_agent(concat!("nabij/", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // A redirect is looked at before it is followed; a proxy would look addresses up out of our sight.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .tls_config(tls.build())
            // Of an answer that was packed, ureq no longer tells whether it said where it ends.
            .accept_encoding("identity")
            .timeout_resolve(silence)
            .timeout_connect(silence)
            .timeout_recv_response(silence)
            .timeout_per_read(silence)
            .timeout_global(silence.map(|silence| silence * WHOLE))
            .build();
        let resolver = PublicOnly {
            inner: DefaultResolver::default(),
            allow_private: policy.allow_private,
        };
        Ok(Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            policy: policy.clone(),
        })
    }

    /// The answer of a server, and the address that gave it.
    pub(super) fn get(
        &self,
        url: &Url,
        headers: &[(header::HeaderName, &str)],
    ) -> Result<(Url, Response<ureq::Body>), FetchError> {
        let mut at = url.clone();
        for _ in 0..=REDIRECTS {
            if at.scheme() != "https" && !self.policy.allow_http {
                return Err(FetchError::NotHttps(at));
            }
            let mut request = self.agent.get(at.as_str());
            for (name, value) in headers {
                request = request.header(name, *value);
            }
            let response = request.call().map_err(|error| self.failed(&at, error))?;
            let Some(to) = redirect(&at, &response) else {
                return Ok((at, response));
            };
            if to.host() != at.host() && !self.policy.allow_other_hosts {
                let to = Box::new(to);
                return Err(FetchError::OtherHost { from: at, to });
            }
            at = to;
        }
        Err(FetchError::TooManyRedirects(url.clone()))
    }

    fn failed(&self, url: &Url, source: ureq::Error) -> FetchError {
        match source {
            ureq::Error::Io(error)
                if error.kind() == io::ErrorKind::PermissionDenied && !self.policy.allow_private =>
            {
                FetchError::PrivateAddress(url.clone())
            }
            source => FetchError::Transport {
                url: url.clone(),
                source: Box::new(source),
            },
        }
    }
}

/// The certificate authorities in a PEM file.
fn authorities(file: &Path) -> Result<RootCerts, FetchError> {
    let unusable = |reason: String| FetchError::Authorities {
        path: file.to_owned(),
        reason,
    };
    let pem = fs::read(file)?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| unusable(error.to_string()))? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(unusable("there is no certificate in it".to_owned()));
    }
    Ok(RootCerts::from(certificates))
}

/// Where an answer sends us on to.
fn redirect(at: &Url, response: &Response<ureq::Body>) -> Option<Url> {
    let moved = response.status().is_redirection() && response.status() != StatusCode::NOT_MODIFIED;
    let location = response.headers().get(header::LOCATION).filter(|_| moved)?;
    at.join(location.to_str().ok()?).ok()
}

/// Looks names up, and refuses addresses that are not on the public internet. Because the connection is made to the
/// address that was looked at, a name cannot change its mind in between.
#[derive(Debug)]
struct PublicOnly {
    inner: DefaultResolver,
    allow_private: bool,
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if !self.allow_private && found.iter().any(|address| !is_public(address.ip())) {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
        }
        Ok(found)
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // 100.64.0.0/10 is shared by the customers of a provider; 192.0.0.0/24 and 198.18.0.0/15 are for protocols and tests.
    let shared = first == 100 && second & 0xc0 == 64;
    let reserved = first == 0
        || first >= 240
        || (first == 198 && second & 0xfe == 18)
        || address.octets().starts_with(&[192, 0, 0]);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || shared
        || reserved)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(within) = address.to_ipv4_mapped() {
        return is_public_v4(within);
    }
    // Only 2000::/3 is given out; 64:ff9b::/96 leads to IPv4 addresses.
    address.segments()[0] & 0xe000 == 0x2000 && address.segments()[0] != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "145.97.20.1",
            "100.128.0.1",
            "172.32.0.1",
            "2a02:2770::1",
            "::ffff:145.97.20.1",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}

//! TLS: a certificate and its key from two PEM files, read again when they change.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use arc_swap::ArcSwap;
use fs_err as fs;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::{CryptoProvider, ring},
        pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
};
use x509_cert::der::Decode;

/// How often the files are looked at.
const WATCH: Duration = Duration::from_secs(2);

/// TLS with a certificate that is read again when its files change.
#[derive(Debug)]
pub struct Tls {
    certificate: Arc<Certificate>,
    config: Arc<ServerConfig>,
}

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file is not there, or is no PEM.
    #[error("{} cannot be read as PEM: {reason}", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: pem::Error,
    },
    /// The file of the certificate holds none.
    #[error("{} holds no certificate", .0.display())]
    Empty(PathBuf),
    /// The two do not go together, or the key is of a kind that is not known.
    #[error("the certificate and the key cannot be used together")]
    Unfit(#[from] rustls::Error),
}

/// The certificate in use, and from where it is read again.
#[derive(Debug)]
pub(crate) struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    provider: CryptoProvider,
    current: ArcSwap<CertifiedKey>,
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

impl Tls {
    /// TLS 1.2 and 1.3 with the certificate chain of one PEM file, leaf first, and the key of another.
    pub fn open(chain: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let provider = ring::default_provider();
        let current = ArcSwap::from_pointee(read(&chain, &key, &provider)?);
        let certificate = Arc::new(Certificate {
            chain,
            key,
            provider: provider.clone(),
            current,
        });
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&certificate) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            certificate,
            config: Arc::new(config),
        })
    }

    /// The certificate, which changes while the server runs.
    pub(crate) fn certificate(&self) -> Arc<Certificate> {
        Arc::clone(&self.certificate)
    }

    /// What makes connections secure. The files are looked at for as long as the server runs.
    pub(crate) fn acceptor(self) -> TlsAcceptor {
        tokio::spawn(watch(self.certificate));
        TlsAcceptor::from(self.config)
    }
}

fn read(chain: &PathBuf, key: &PathBuf, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let pem = |path: &PathBuf| {
        let path = path.clone();
        |reason| TlsError::Pem { path, reason }
    };
    let certificates = CertificateDer::pem_file_iter(chain).map_err(pem(chain))?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(pem(chain))?;
    if certificates.is_empty() {
        return Err(TlsError::Empty(chain.clone()));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(pem(key))?;
    Ok(CertifiedKey::from_der(certificates, key, provider)?)
}

impl Certificate {
    /// When the first of the certificates in use ends, in seconds since 1970; none if that cannot be read.
    pub(crate) fn expires_at(&self) -> Option<u64> {
        let current = self.current.load();
        let ends = current.cert.iter().filter_map(|certificate| {
            let certificate = x509_cert::Certificate::from_der(certificate).ok()?;
            let validity = certificate.tbs_certificate().validity();
            Some(validity.not_after.to_unix_duration().as_secs())
        });
        ends.min()
    }

    /// Changes when one of the files does.
    fn signature(&self) -> u64 {
        let mut signature = DefaultHasher::new();
        for path in [&self.chain, &self.key] {
            let about = fs::metadata(path).ok();
            let seen = about.map(|about| (about.len(), about.modified().ok()));
            seen.hash(&mut signature);
        }
        signature.finish()
    }

    /// Reads the files; what cannot be used is reported, and the certificate in use stays.
    fn refresh(&self) {
        match read(&self.chain, &self.key, &self.provider) {
            Ok(certified) => {
                self.current.store(Arc::new(certified));
                tracing::info!("certificate swapped");
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, "new certificate refused, the old one stays");
            }
        }
    }
}

/// Looks at the files for as long as the server runs. When only one of the two was replaced so far, the other follows.
async fn watch(certificate: Arc<Certificate>) {
    let mut seen = certificate.signature();
    loop {
        tokio::time::sleep(WATCH).await;
        let watched = Arc::clone(&certificate);
        let look = move || {
            let now = watched.signature();
            if now != seen {
                watched.refresh();
            }
            now
        };
        if let Ok(now) = tokio::task::spawn_blocking(look).await {
            seen = now;
        } else {
            tracing::warn!("looking for a new certificate was interrupted");
        }
    }
}

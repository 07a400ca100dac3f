//! From the address of a storage to the storage.
//!
//! Credentials come from the environment only (`AWS_…`, `AZURE_…`, `GOOGLE_…`, as `object_store` reads them).

use std::time::Duration;

use object_store::{
    BackoffConfig, ObjectStore, ObjectStoreScheme, RetryConfig, aws::AmazonS3Builder,
    azure::MicrosoftAzureBuilder, gcp::GoogleCloudStorageBuilder, http::HttpBuilder, local::LocalFileSystem,
    path::Path,
};
use url::Url;

use crate::storage::{Storage, StorageError};

impl Storage {
    /// The storage at an address. Nothing is asked of it yet.
    pub fn open(address: &str) -> Result<Self, StorageError> {
        // Not the address itself: it may be refused for what it holds.
        let refuse = |why: &str| StorageError::Address(why.to_owned());
        let url = Url::parse(address).map_err(|error| StorageError::Address(error.to_string()))?;
        let scheme = url.scheme();
        if url.password().is_some() || (!url.username().is_empty() && !scheme.starts_with('a')) {
            return Err(refuse(
                "it holds a name or a password, which belong in the environment",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse(
                "it has a `?` or a `#`; a signature belongs in the environment",
            ));
        }
        // Another part of the program may have chosen already, and then that holds.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (kind, mut prefix) = ObjectStoreScheme::parse(&url)
            .map_err(|error| StorageError::Address(without_queries(&error.to_string())))?;
        let mut folder = None;
        let text = url.to_string();
        let objects: Result<Box<dyn ObjectStore>, _> = match kind {
            ObjectStoreScheme::Local => {
                let path = url
                    .to_file_path()
                    .map_err(|()| refuse("its path is not absolute"))?;
                prefix = Path::from_absolute_path(&path)
                    .map_err(|error| StorageError::Address(error.to_string()))?;
                folder = Some(path);
                Ok(Box::new(
                    LocalFileSystem::new()
                        .with_automatic_cleanup(true)
                        .with_fsync(true),
                ))
            }
            ObjectStoreScheme::AmazonS3 => {
                let builder = AmazonS3Builder::from_env().with_url(&text).with_retry(retry());
                builder.build().map(|store| Box::new(store) as _)
            }
            ObjectStoreScheme::MicrosoftAzure => {
                let builder = MicrosoftAzureBuilder::from_env()
                    .with_url(&text)
                    .with_retry(retry());
                builder.build().map(|store| Box::new(store) as _)
            }
            ObjectStoreScheme::GoogleCloudStorage => {
                let builder = GoogleCloudStorageBuilder::from_env()
                    .with_url(&text)
                    .with_retry(retry());
                builder.build().map(|store| Box::new(store) as _)
            }
            ObjectStoreScheme::Http => {
                let host = &url[..url::Position::BeforePath];
                let options = object_store::ClientOptions::new().with_allow_http(scheme == "http");
                let builder = HttpBuilder::new().with_url(host).with_client_options(options);
                builder
                    .with_retry(retry())
                    .build()
                    .map(|store| Box::new(store) as _)
            }
            _ => return Err(refuse("its kind is not known")),
        };
        let objects = objects.map_err(|error| StorageError::Address(without_queries(&error.to_string())))?;
        let url = text.trim_end_matches('/').to_owned();
        Ok(Self {
            url,
            objects,
            prefix,
            folder,
        })
    }
}

/// A few repetitions, each after a longer pause, within the patience of a request.
fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            max_backoff: Duration::from_secs(5),
            ..BackoffConfig::default()
        },
        max_retries: 4,
        retry_timeout: Duration::from_secs(40),
    }
}

/// A message without the queries of the addresses in it: Azure and others sign there.
pub(crate) fn without_queries(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut in_query = false;
    for letter in message.chars() {
        match letter {
            '?' => {
                in_query = true;
                out.push_str("?…");
            }
            _ if letter.is_whitespace() || matches!(letter, '"' | '\'' | ')' | '>' | '<') => {
                in_query = false;
                out.push(letter);
            }
            _ if !in_query => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Storage, without_queries};

    #[test]
    fn a_signature_is_not_shown() {
        assert_eq!(
            without_queries("GET (https://a.example/b?sv=1&sig=secret): 403 \"x?y=secret\" end"),
            "GET (https://a.example/b?…): 403 \"x?…\" end"
        );
    }

    #[test]
    fn an_address_that_is_none_or_holds_a_secret_is_refused_without_showing_it() {
        for address in [
            "index",
            "ftp://example/x",
            "file://host/x",
            "s3://key:secret@bucket/x",
            "https://secret@example/x",
            "https://example/x?sig=secret",
        ] {
            let error = Storage::open(address).unwrap_err().to_string();
            assert!(
                error.contains("s3://BUCKET/PREFIX") && !error.contains("secret"),
                "{address}: {error}"
            );
        }
        assert_eq!(
            Storage::open("file:///srv/index/").unwrap().to_string(),
            "file:///srv/index"
        );
        assert_eq!(
            Storage::open("https://example/x").unwrap().name("CURRENT"),
            "https://example/x/CURRENT"
        );
    }
}

//! Identifiers, host names, origins and fonts: short texts that stand in addresses and headers.

use url::{Host, Url};

/// Whether a text can be the identifier of a profile.
pub(crate) fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-') && !text.ends_with('-')
}

/// The origin of a website as a browser sends it; else what to write.
pub(crate) fn origin(text: &str) -> Result<String, String> {
    if text.contains('*') {
        return Err("a star would let everybody in; name each website".to_owned());
    }
    let example = "write the beginning of the address, such as `https://www.bibliotheek.nl`";
    let Ok(url) = Url::parse(text) else {
        return Err(format!("is not the address of a website; {example}"));
    };
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => {}
        "http" if is_local => {}
        _ => return Err(format!("is not on https; {example}")),
    }
    let origin = url.origin().ascii_serialization();
    if origin == text {
        Ok(origin)
    } else {
        Err(format!("is more than an origin; write `{origin}`"))
    }
}

/// The name of a host as a browser sends it; else what to write.
pub(crate) fn host(text: &str) -> Result<String, String> {
    let parsed = Url::parse(&format!("https://{text}/"));
    match parsed.as_ref().ok().and_then(Url::host_str) {
        Some(host) if host == text && host.contains('.') && !host.contains('*') => Ok(host.to_owned()),
        Some(host) if host.eq_ignore_ascii_case(text) && !host.contains('*') && host.contains('.') => {
            Err(format!("write `{host}`"))
        }
        _ => {
            Err("is not the name of a host, such as `zoek.bibliotheek.nl`; no `https://`, no star".to_owned())
        }
    }
}

/// The address of a website on https, or on this machine.
pub(crate) fn website(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| format!("is not an address: {error}"))?;
    let origin = url.origin().ascii_serialization();
    self::origin(&origin)?;
    Ok(url.to_string().trim_end_matches('/').to_owned())
}

/// Names of fonts, the last a generic one, as a stylesheet takes them.
pub(crate) fn font(text: &str) -> Result<String, String> {
    const GENERIC: [&str; 3] = ["sans-serif", "serif", "system-ui"];
    let names: Vec<&str> = text.split(',').map(str::trim).collect();
    let fits = |name: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
        !name.is_empty() && name.chars().all(plain)
    };
    if text.len() > 200 || !names.iter().all(|name| fits(name)) {
        return Err(
            "names of fonts have letters, digits, spaces and hyphens, with commas between them".to_owned(),
        );
    }
    if !names.last().is_some_and(|last| GENERIC.contains(last)) {
        return Err(format!("end with one of {}", GENERIC.join(", ")));
    }
    let quoted = names.iter().map(|name| match name {
        generic if GENERIC.contains(generic) => (*generic).to_owned(),
        name => format!("\"{name}\""),
    });
    Ok(quoted.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_a_port() {
        for good in [
            "https://www.bibliotheek.nl",
            "https://x.nl:8443",
            "http://127.0.0.1:3000",
            "http://localhost:9",
        ] {
            assert_eq!(origin(good), Ok(good.to_owned()));
        }
        for bad in [
            "*",
            "https://*",
            "https://*.bibliotheek.nl",
            "null",
            "",
            "www.bibliotheek.nl",
            "http://www.bibliotheek.nl",
            "https://x.nl/",
            "https://x.nl/pad",
            "https://X.nl",
            "https://x.nl:443",
            "https://a@x.nl",
            "file:///x",
            "javascript:alert(1)",
            "https://x.nl https://y.nl",
            "https://x.nl;script-src *",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_host_is_a_name_and_nothing_more() {
        assert_eq!(host("zoek.bibliotheek.nl"), Ok("zoek.bibliotheek.nl".to_owned()));
        for bad in [
            "",
            "*",
            "*.nl",
            "localhost",
            "https://x.nl",
            "x.nl/",
            "x.nl:80",
            "X.nl",
            "x y.nl",
            "a@x.nl",
            "x.nl?",
        ] {
            assert!(host(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_font_cannot_end_its_declaration() {
        assert_eq!(
            font("Open Sans, sans-serif"),
            Ok("\"Open Sans\", sans-serif".to_owned())
        );
        for bad in [
            "",
            "Open Sans",
            "x; } body { display: none, serif",
            "url(x), serif",
            "\"x\", serif",
            ",serif",
        ] {
            assert!(font(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_identifier_fits_in_an_address_and_a_file_name() {
        assert!(is_id("gorinchem") && is_id("bibliotheek-aan-zee-2"));
        for bad in [
            "",
            "Gorinchem",
            "a b",
            "../a",
            "a/b",
            "-a",
            "a-",
            "é",
            &"a".repeat(41),
        ] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}

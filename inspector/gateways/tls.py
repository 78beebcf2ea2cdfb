"""TLS to the service: always verified, against the operating system's own trust store; and what a refusal means."""

import ssl

from inspector.core.exchange import FailureKind

# OpenSSL numbers its verdicts (X509_V_ERR_*); truststore gives macOS's OSStatus and Windows' CERT_E_* in the same place.
_KINDS_BY_VERIFY_CODE = {
    9: FailureKind.TLS_NOT_YET_VALID,
    10: FailureKind.TLS_EXPIRED,
    62: FailureKind.TLS_WRONG_HOST,
    64: FailureKind.TLS_WRONG_HOST,
    -67602: FailureKind.TLS_WRONG_HOST,
    -67818: FailureKind.TLS_EXPIRED,
    -67819: FailureKind.TLS_NOT_YET_VALID,
    0x800B0101: FailureKind.TLS_EXPIRED,
    0x800B010F: FailureKind.TLS_WRONG_HOST,
}
# What OpenSSL calls an answer that is no TLS at all; the name depends on its release and on the first bytes.
_NOT_TLS = {
    "WRONG_VERSION_NUMBER",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "UNKNOWN_PROTOCOL",
    "HTTP_REQUEST",
}


def verifying_context() -> ssl.SSLContext:
    """A client context over the OS trust store; on Linux OpenSSL's SSL_CERT_FILE and SSL_CERT_DIR are heeded."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.keylog_filename = None  # type: ignore[assignment] # typed as str there; SSLKEYLOGFILE must stay without effect
    return context


def trusting_nobody() -> ssl.SSLContext:
    """A context for connections that are plain http: it costs nothing to make, and would refuse every certificate."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def tls_failure(error: ssl.SSLError) -> tuple[FailureKind, str]:
    """The kind of a failed handshake or of TLS breaking later, and its words; an error that Python made lacks most fields."""
    if isinstance(error, ssl.SSLCertVerificationError):
        kind = _KINDS_BY_VERIFY_CODE.get(getattr(error, "verify_code", 0), FailureKind.TLS_UNTRUSTED)
        return kind, getattr(error, "verify_message", "") or str(error)
    reason = getattr(error, "reason", "")
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or reason == "UNEXPECTED_EOF_WHILE_READING":
        return FailureKind.DISCONNECTED, "the connection ended without TLS saying so"
    return FailureKind.TLS_NOT_TLS if reason in _NOT_TLS else FailureKind.TLS_OTHER, str(error)

"""A passkey in Python: answers the server's options as a browser with an authenticator would."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

Flag = AuthenticatorData.FLAG


@dataclass
class SoftPasskey:
    """`knows_its_holder`: asked for a finger, a face or a PIN, and got it."""

    origin: str = "https://testserver"
    knows_its_holder: bool = True
    user_handle: str = ""
    key_id: bytes = field(default_factory=lambda: token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The new credential for `publicKey` options of a registration."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.key_id, public)
        data = AuthenticatorData.create(self._site(asked["rp"]["id"]), self._flags() | Flag.AT, 0, made)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        client = self._client_data("webauthn.create", asked["challenge"])
        return self._credential(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The signed answer for `publicKey` options of a sign-in."""
        asked = options["publicKey"]
        client = self._client_data("webauthn.get", asked["challenge"])
        data = bytes(AuthenticatorData.create(self._site(asked["rpId"]), self._flags(), 0))
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = self._credential(clientDataJSON=client, authenticatorData=data, signature=signature)
        answer["response"]["userHandle"] = self.user_handle
        return answer

    def _flags(self) -> Flag:
        return Flag.UP | Flag.UV if self.knows_its_holder else Flag.UP

    def _site(self, name: str) -> bytes:
        return sha256(name.encode()).digest()

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, **response: bytes) -> dict[str, Any]:
        named = websafe_encode(self.key_id)
        return {
            "id": named,
            "rawId": named,
            "type": "public-key",
            "response": {part: websafe_encode(value) for part, value in response.items()},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }

"""azure-identity and msgraph-beta-sdk for Python against the server that `msgraph-mock exec` points to."""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest
import urllib.request
import uuid

from azure.core.exceptions import ClientAuthenticationError
from azure.identity import CertificateCredential, ClientSecretCredential, DeviceCodeCredential
from azure.identity.aio import ClientSecretCredential as AsyncClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph_beta import GraphRequestAdapter, GraphServiceClient
from msgraph_beta.generated.models.windows_autopilot_settings import WindowsAutopilotSettings
from msgraph_beta.generated.models.windows_autopilot_sync_status import WindowsAutopilotSyncStatus

URL = os.environ["MSGRAPH_MOCK_URL"]
AUTHORITY = os.environ["AZURE_AUTHORITY_HOST"]
HOST = AUTHORITY.removeprefix("https://")
CLIENT = os.environ["AZURE_CLIENT_ID"]
SECRET = os.environ["AZURE_CLIENT_SECRET"]
# `exec --intercept`: clients keep Microsoft's host names, no option of theirs is set, and a proxy leads here.
INTERCEPTED = HOST == "login.microsoftonline.com"
GRAPH = "https://graph.microsoft.com" if INTERCEPTED else AUTHORITY
OPTIONS = {} if INTERCEPTED else {"authority": AUTHORITY, "disable_instance_discovery": True}
DEFAULT = "https://graph.microsoft.com/.default"
READ_WRITE = "https://graph.microsoft.com/DeviceManagementServiceConfig.ReadWrite.All"


def fresh_tenant() -> str:
    return str(uuid.uuid4())


def get_settings(token: str) -> int:
    request = urllib.request.Request(
        f"{GRAPH}/beta/deviceManagement/windowsAutopilotSettings", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.status


class AzureIdentity(unittest.TestCase):
    def test_client_secret(self):
        credential = ClientSecretCredential(fresh_tenant(), CLIENT, SECRET, **OPTIONS)
        self.assertEqual(get_settings(credential.get_token(DEFAULT).token), 200)

    def test_wrong_secret(self):
        credential = ClientSecretCredential(fresh_tenant(), CLIENT, "wrong", **OPTIONS)
        with self.assertRaisesRegex(ClientAuthenticationError, "AADSTS7000215"):
            credential.get_token(DEFAULT)

    def test_certificate(self):
        credential = CertificateCredential(
            fresh_tenant(), os.environ["CERTIFICATE_CLIENT_ID"], os.environ["CERTIFICATE_FILE"], **OPTIONS
        )
        self.assertEqual(get_settings(credential.get_token(DEFAULT).token), 200)

    def test_device_code(self):
        tenant = fresh_tenant()

        def approve(_uri, user_code, _expires):
            path = f"{URL}/_mock/tenants/{tenant}/devicecodes/{user_code}"
            with urllib.request.urlopen(urllib.request.Request(path, method="POST")) as answer:
                self.assertEqual(answer.status, 200)

        credential = DeviceCodeCredential(str(uuid.uuid4()), tenant_id=tenant, prompt_callback=approve, **OPTIONS)
        self.assertEqual(get_settings(credential.get_token(READ_WRITE).token), 200)


class Recipe(unittest.TestCase):
    """What `msgraph-mock env --sdk python` prints, run as it is, with nothing else in the environment."""

    def test_recipe(self):
        with urllib.request.urlopen(f"{URL}/_mock/connect/python") as answer:
            recipe = json.load(answer)
        self.assertTrue(recipe["isRun"])
        with tempfile.TemporaryDirectory() as directory:
            pathlib.Path(directory, "program.py").write_text(recipe["code"])
            script = "\n".join(["set -e", *recipe["shell"], f"{shlex.quote(sys.executable)} -W ignore program.py"])
            env = {"PATH": os.environ["PATH"]}
            run = subprocess.run(["sh", "-c", script], cwd=directory, env=env, capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("WindowsAutopilotSettings", run.stdout)


class BetaSdk(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.credential = AsyncClientSecretCredential(fresh_tenant(), CLIENT, SECRET, **OPTIONS)
        if INTERCEPTED:
            client = GraphServiceClient(self.credential, [DEFAULT])
            self.settings = client.device_management.windows_autopilot_settings
            return
        provider = AzureIdentityAuthenticationProvider(
            self.credential, scopes=[DEFAULT], allowed_hosts=[HOST, HOST.split(":")[0]]
        )
        adapter = GraphRequestAdapter(provider)
        adapter.base_url = f"{GRAPH}/beta"
        self.settings = GraphServiceClient(request_adapter=adapter).device_management.windows_autopilot_settings

    async def asyncTearDown(self):
        await self.credential.close()

    async def test_get_and_patch(self):
        before = await self.settings.get()
        self.assertEqual(before.sync_status, WindowsAutopilotSyncStatus.Unknown)
        after = await self.settings.patch(WindowsAutopilotSettings(sync_status=WindowsAutopilotSyncStatus.InProgress))
        self.assertEqual(after.sync_status, WindowsAutopilotSyncStatus.InProgress)
        self.assertEqual(after.id, before.id)

    async def test_refused_patch(self):
        with self.assertRaises(APIError) as refused:
            await self.settings.patch(WindowsAutopilotSettings(additional_data={"syncState": "done"}))
        self.assertEqual(refused.exception.response_status_code, 400)
        self.assertEqual(refused.exception.error.code, "ModelValidationFailure")


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    bad = len(result.failures) + len(result.errors)
    print(f"# pass {result.testsRun - bad}\n# fail {bad}")
    raise SystemExit(1 if bad else 0)

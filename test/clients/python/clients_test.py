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
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph_beta import GraphRequestAdapter, GraphServiceClient
from msgraph_beta.generated.models.compliance_state import ComplianceState
from msgraph_beta.generated.models.group import Group
from msgraph_beta.generated.models.managed_device import ManagedDevice
from msgraph_beta.generated.models.password_profile import PasswordProfile
from msgraph_beta.generated.models.reference_create import ReferenceCreate
from msgraph_beta.generated.models.user import User
from msgraph_beta.generated.models.windows_autopilot_settings import WindowsAutopilotSettings
from msgraph_beta.generated.models.windows_autopilot_sync_status import WindowsAutopilotSyncStatus
from msgraph_beta.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

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


class WithClient(unittest.IsolatedAsyncioTestCase):
    """A client of the beta SDK, in a tenant of its own."""

    async def asyncSetUp(self):
        self.credential = AsyncClientSecretCredential(fresh_tenant(), CLIENT, SECRET, **OPTIONS)
        if INTERCEPTED:
            self.client = GraphServiceClient(self.credential, [DEFAULT])
            return
        provider = AzureIdentityAuthenticationProvider(
            self.credential, scopes=[DEFAULT], allowed_hosts=[HOST, HOST.split(":")[0]]
        )
        adapter = GraphRequestAdapter(provider)
        adapter.base_url = f"{GRAPH}/beta"
        self.client = GraphServiceClient(request_adapter=adapter)

    async def asyncTearDown(self):
        await self.credential.close()


class BetaSdk(WithClient):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.settings = self.client.device_management.windows_autopilot_settings

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


def user(name: str) -> User:
    return User(
        account_enabled=True,
        display_name=name,
        mail_nickname=name.lower(),
        user_principal_name=f"{name.lower()}@contoso.example",
        password_profile=PasswordProfile(password="xWwvJ]6NMw+bWH-d"),
    )


def group() -> Group:
    return Group(display_name="Pilots", mail_enabled=False, mail_nickname="pilots", security_enabled=True)


class Entities(WithClient):
    """Users, groups, members, managed devices, pages and batches."""

    async def test_user(self):
        created = await self.client.users.post(user("Megan"))
        one = self.client.users.by_user_id(created.id)
        await one.patch(User(job_title="Auditor"))
        self.assertEqual((await one.get()).job_title, "Auditor")
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(filter="jobTitle eq 'Auditor'", count=True)
        found = await self.client.users.get(RequestConfiguration(query_parameters=query))
        self.assertEqual((found.odata_count, [entity.id for entity in found.value]), (1, [created.id]))
        await one.delete()
        with self.assertRaises(APIError) as gone:
            await one.get()
        self.assertEqual(gone.exception.response_status_code, 404)
        self.assertEqual(gone.exception.error.code, "Request_ResourceNotFound")

    async def test_members(self):
        joined = self.client.groups.by_group_id((await self.client.groups.post(group())).id)
        member = await self.client.users.post(user("Alex"))
        await joined.members.ref.post(
            ReferenceCreate(odata_id=f"https://graph.microsoft.com/beta/directoryObjects/{member.id}")
        )
        [listed] = (await joined.members.get()).value
        self.assertIsInstance(listed, User)
        self.assertEqual(listed.display_name, "Alex")
        await joined.members.by_directory_object_id(member.id).ref.delete()
        self.assertEqual((await joined.members.get()).value, [])

    async def test_pages(self):
        names = [f"Person{at:02}" for at in range(25)]
        for name in names:
            await self.client.users.post(user(name))
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            filter="startswith(displayName,'Person')", select=["displayName"], top=10
        )
        first = await self.client.users.get(RequestConfiguration(query_parameters=query))
        self.assertEqual(len(first.value), 10)
        read = []

        def keep(entity):
            read.append(entity.display_name)
            return True

        await PageIterator(first, self.client.request_adapter).iterate(keep)
        self.assertEqual(sorted(read), names)

    async def test_batch(self):
        create = BatchRequestItem(self.client.groups.to_post_request_information(group()), id="1")
        read = BatchRequestItem(self.client.groups.to_get_request_information(), id="2", depends_on=["1"])
        content = BatchRequestContent()
        content.add_request(None, create)
        content.add_request(None, read)
        answers = await BatchRequestBuilder(self.client.request_adapter).post(content)
        # msgraph-core 1.5.2 reads no body that is an object, as every one of Graph is: it reads bytes.
        self.assertEqual(answers.get_response_status_codes(), {"1": 201, "2": 200})
        [created] = (await self.client.groups.get()).value
        self.assertEqual(created.display_name, "Pilots")

    async def test_managed_device(self):
        devices = self.client.device_management.managed_devices
        device = ManagedDevice(device_name="DESKTOP-1", compliance_state=ComplianceState.Compliant)
        created = await devices.post(device)
        one = devices.by_managed_device_id(created.id)
        self.assertEqual((await one.get()).compliance_state, ComplianceState.Compliant)
        await one.sync_device.post()
        await one.delete()
        self.assertEqual((await devices.get()).value, [])


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=2).result
    bad = len(result.failures) + len(result.errors)
    print(f"# pass {result.testsRun - bad}\n# fail {bad}")
    raise SystemExit(1 if bad else 0)

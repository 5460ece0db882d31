"""Reads the sources of a Java SDK that Kiota has generated: its deserializers are of one form."""

import re
import zipfile
from collections import defaultdict

JAVA_NUMBERS = {
    "getLongValue": "l", "getDoubleValue": "f", "getFloatValue": "r", "getBigDecimalValue": "m", "getByteValue": "y",
}  # fmt: skip


def key_of(module):
    """One key for the module of a class in both SDKs: case and underscores differ between them."""
    return module.replace("_", "").lower()


class Java:
    """Kinds of numbers, properties that are sets of flags, and members that are any JSON, by module and name."""

    FIELD = re.compile(r'deserializerMap\.put\("([^"]+)", \(n\) -> \{ this\.\w+\(n\.(\w+)\((\w*)')

    def __init__(self, file):
        archive = zipfile.ZipFile(file)
        self.numbers, self.flags, self.untyped = {}, set(), defaultdict(list)
        for name in archive.namelist():
            if not name.endswith(".java"):
                continue
            text = archive.read(name).decode()
            module = key_of(re.sub(r"^.*?/(?:generated/)?(?=models/)|^.*?/generated/", "", name)[:-5])
            for field, getter, argument in self.FIELD.findall(text):
                if getter in JAVA_NUMBERS:
                    self.numbers[module, field] = JAVA_NUMBERS[getter]
                elif getter == "getEnumSetValue":
                    self.flags.add((module, field))
                elif argument == "UntypedNode":
                    self.untyped[module].append(field)
        self.title = re.sub(r"-sources\.jar$", "", file.rsplit("/", 1)[-1])

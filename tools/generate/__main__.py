"""Write asyncapi.yaml of functions/query_api, events/, and tests/contract/fold_corpora: make generated."""

import sys
from collections.abc import Sequence
from pathlib import Path

from resources import RESOURCES
from tools.generate.drawing import NotGenerated
from tools.generate.files import changed_states, generated
from tools.paths import ROOT
from trigger_pattern.definition.resource import AnyResource

ADVICE = "Nothing was written: the fold computes another state. Raise the resource's fold_version, then repeat."


def main(resources: Sequence[AnyResource], root: Path) -> int:
    """Write every file, or none if a state changed under the same fold version. Return the exit code."""
    try:
        if reasons := changed_states(resources, root):
            print(*reasons, ADVICE, sep="\n", file=sys.stderr)
            return 1
        files = generated(resources, root)
    except NotGenerated as failed:
        print(failed, file=sys.stderr)
        return 1
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(RESOURCES, ROOT))

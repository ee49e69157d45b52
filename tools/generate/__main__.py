"""Write each resource's fold corpus, tests/contract/fold_corpora: make corpus."""

import sys
from pathlib import Path

from resources import RESOURCES
from tools.generate.fold_corpus import FOLDER, NotDrawn, changed, corpus_of, file_of, read, written
from trigger_pattern.definition.resource import AnyResource

ADVICE = "Nothing was written: the fold computes another state. Raise the resource's fold_version, then repeat."


def main(resources: tuple[AnyResource, ...], folder: Path) -> int:
    """Write every corpus, or none if a state changed under the same fold version. Return the exit code."""
    before = {resource.plural: read(file_of(resource, folder)) for resource in resources}
    if reasons := [reason for resource in resources for reason in changed(resource, before[resource.plural])]:
        print(*reasons, ADVICE, sep="\n", file=sys.stderr)
        return 1
    try:
        corpora = {file_of(each, folder): written(corpus_of(each, before[each.plural])) for each in resources}
    except NotDrawn as failed:
        print(failed, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in corpora.items():
        file.write_text(text, encoding="utf-8")
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(RESOURCES, FOLDER))

"""Which files are ours."""

import pytest

from server.as_code.layout import find_stray, is_ours


@pytest.mark.parametrize(
    "path",
    [
        "provider.yaml",
        "services/api.yaml",
        "portal/templates.yaml",
        "portal/x.liquid",
        "portal/pages/docs/x.draft.liquid",
    ],
)
def test_these_are_ours(path: str) -> None:
    assert is_ours(path)
    assert find_stray([path]) is None


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        ".git/config",
        "services/README.md",
        "services/x.liquid",
        "x.liquid",
        "portal/logo.png",
        "ci/job.yaml",
    ],
)
def test_these_are_somebody_elses_and_in_nobodys_way(path: str) -> None:
    assert not is_ours(path)
    assert find_stray([path]) is None


@pytest.mark.parametrize(
    "path", ["api.yaml", "provider.yml", "services/a/b.yaml", "portal/x.yaml", "services/a.yml"]
)
def test_these_look_like_ours_by_mistake(path: str) -> None:
    assert not is_ours(path)
    assert find_stray(["provider.yaml", path]) == path

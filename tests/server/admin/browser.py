"""The browser under the name that the tests of this folder know."""

from tests.kit.browser import Browser as Browser

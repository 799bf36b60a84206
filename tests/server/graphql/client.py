"""The client under the name that the tests of this folder know."""

from tests.kit.graphql import Client as Client
from tests.kit.graphql import open_client as open_client

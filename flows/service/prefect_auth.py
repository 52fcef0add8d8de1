"""Prefect's API answers to the operator alone: a string that server, worker and commands share, and no other origin.

Without it any user of the machine, and any web page open in a browser there, could run commands as the service.
"""

import base64
import os
import secrets
from collections.abc import Mapping

from flows.base.secret_file import OWNER_ONLY, write_once
from flows.base.warehouse_paths import Warehouse

USER = "casebook"
CLIENT, SERVER = "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING"


def auth_string(warehouse: Warehouse) -> str:
    """`user:password` of Prefect's API, made on first use in the restricted folder."""
    file = warehouse.prefect_auth_file
    if not file.exists() or not file.stat().st_size:
        write_once(file, f"{USER}:{secrets.token_urlsafe(32)}".encode())
    file.chmod(OWNER_ONLY)
    return file.read_text(encoding="utf-8").strip()


def closed(warehouse: Warehouse, origin: str) -> dict[str, str]:
    """The environment of a server that answers to whoever has the string, and of those who have it.

    origin: where the server's own pages are, the only ones that a browser lets ask it.
    """
    string = auth_string(warehouse)
    return {
        CLIENT: string,
        SERVER: string,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin,
    }


def header(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The header with which a request shows the string of this environment, if it has one."""
    string = environment.get(CLIENT)
    return {"Authorization": f"Basic {base64.b64encode(string.encode()).decode()}"} if string else {}

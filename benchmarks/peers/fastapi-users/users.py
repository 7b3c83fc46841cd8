"""Users by id as in tutorials of FastAPI: a bounded asyncpg pool with timeouts, verification of bearer tokens, and a
response model."""

import json
import os
import urllib.request
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated
from uuid import UUID

import asyncpg
import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

SELECT = """
    select id, username, email, display_name, roles, created_at, updated_at
    from user_service.users where id = $1
"""


class User(BaseModel):
    id: UUID
    username: str
    display_name: str
    created_at: datetime
    updated_at: datetime


@asynccontextmanager
async def resources(app: FastAPI):
    """What each worker keeps as long as it lives."""
    connections = int(os.environ["CONNECTIONS"])
    with urllib.request.urlopen(os.environ["JWKS_URL"], timeout=10) as published:
        app.state.keys = {key["kid"]: jwt.PyJWK(key).key for key in json.load(published)["keys"]}
    async with asyncpg.create_pool(
        os.environ["DATABASE_URL"],
        min_size=connections,
        max_size=connections,
        max_inactive_connection_lifetime=300,
        command_timeout=60,
    ) as app.state.pool:
        yield


application = FastAPI(lifespan=resources)


async def caller(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    """Who a good token is of."""
    token = credentials.credentials
    try:
        key = application.state.keys[jwt.get_unverified_header(token)["kid"]]
        return jwt.decode(token, key, ["RS256"], audience="heliograph", issuer="heliograph")["sub"]
    except (KeyError, jwt.InvalidTokenError):
        raise HTTPException(401, "Not a valid token", {"WWW-Authenticate": "Bearer"}) from None


async def find(user_id: UUID) -> User:
    row = await application.state.pool.fetchrow(SELECT, user_id)
    if row is None:
        raise HTTPException(404, "User not found")
    return User(**row)


@application.get("/api/users/{user_id}")
async def user(user_id: UUID, _: Annotated[str, Depends(caller)]) -> User:
    return await find(user_id)


@application.get("/open/users/{user_id}")
async def user_without_token(user_id: UUID) -> User:
    """The same for anybody, which shows what the check of the token takes."""
    return await find(user_id)

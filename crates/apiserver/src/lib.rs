//! The request pipeline, authentication, authorization, admission, verbs, watch cache, discovery, OpenAPI. Names no kind.

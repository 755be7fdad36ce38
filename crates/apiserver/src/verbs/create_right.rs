//! Whether those who update or apply may also create: asked only when there is nothing to update, behind validation as upstream does.
use super::Request;
use crate::authz::{self, Attributes, Selectors};
use meta::ApiError;
use resource::{Admission, AdmissionRequest, BoxFuture, Finish, Object, RequestContext};

/// Admission that first asks for the right to create.
pub(crate) struct CreateRight<'a>(pub(super) &'a Request<'a>);

impl CreateRight<'_> {
    async fn check(&self) -> Result<(), ApiError> {
        let Request {
            api, asked, user, ..
        } = self.0;
        let attributes = Attributes {
            verb: "create",
            selectors: Selectors::default(),
            ..Attributes::of(asked)
        };
        let verdict = api.authorizer.authorize(user, &attributes).await;
        if verdict.allows() {
            return Ok(());
        }
        Err(match &verdict.error {
            Some(error) => ApiError::internal(error),
            None => authz::forbidden(user, &attributes, &verdict.reason),
        })
    }
}

impl Admission for CreateRight<'_> {
    fn mutate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a mut Object,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        self.0.api.admission.mutate(cx, request, object)
    }

    fn validate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>> {
        Box::pin(async move {
            self.check().await?;
            self.0.api.admission.validate(cx, request, object).await
        })
    }

    fn reserve<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a Object,
    ) -> BoxFuture<'a, Result<Option<Finish>, ApiError>> {
        self.0.api.admission.reserve(cx, request, object)
    }
}

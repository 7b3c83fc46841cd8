package io.heliograph.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * Completes the OpenAPI document of a service when the service is built. Annotations of a resource describe what is
 * specific to an operation; common parts are added here: tags, well-known parameters, problems, headers, required
 * fields of responses, and examples.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ServiceDescription implements OASFilter {

    private final IndexView index;

    /** Called by Quarkus, with the classes of the service. */
    public ServiceDescription(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        new ScalarSchemas(document).inline();
        new ConstraintBounds(document, index).add();
        new ResponseSchemas(document, index).require();
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> {
                    OperationDefaults.complete(path, operation);
                    CommonResponses.complete(method, operation);
                }));
        CommonResponses.define(document);
        ResponseHeaders.complete(document);
        new Examples(document).add();
    }
}

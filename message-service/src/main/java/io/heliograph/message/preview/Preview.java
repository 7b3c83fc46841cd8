package io.heliograph.message.preview;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The description of a page. All but the address may be null, and each has a bound in characters.
 *
 * @param url its address after redirects
 * @param image an absolute address of http or https, which is not checked: browsers load it
 */
record Preview(
        String url,
        @Schema(nullable = true) String title,
        @Schema(nullable = true) String description,
        @Schema(nullable = true) String image,
        @Schema(nullable = true) String siteName) {}

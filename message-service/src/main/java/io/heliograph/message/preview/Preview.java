package io.heliograph.message.preview;

/**
 * What a page says about itself. All but the address may be null, and each has a bound in characters.
 *
 * @param url where it was found, after redirects
 * @param image an absolute address of http or https, which nobody has checked: browsers load it
 */
record Preview(String url, String title, String description, String image, String siteName) {}

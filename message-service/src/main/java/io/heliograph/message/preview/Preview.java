package io.heliograph.message.preview;

/**
 * The description of a page. All but the address may be null, and each has a bound in characters.
 *
 * @param url its address after redirects
 * @param image an absolute address of http or https, which is not checked: browsers load it
 */
record Preview(String url, String title, String description, String image, String siteName) {}

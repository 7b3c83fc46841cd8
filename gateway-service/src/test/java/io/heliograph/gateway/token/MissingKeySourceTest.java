package io.heliograph.gateway.token;

import io.heliograph.testsupport.KeySourceContract;

class MissingKeySourceTest extends KeySourceContract {}

package io.heliograph.message.token;

import io.heliograph.testsupport.KeySourceContract;

class MissingKeySourceTest extends KeySourceContract {}

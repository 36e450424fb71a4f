"""Article -> statements: windows of word pieces, one pass of the encoder, decoding, then the rules that are right."""

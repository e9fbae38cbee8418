using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads the value that a reader stands on, leaving the reader on its last token.</summary>
/// <exception cref="JsonException">The value is of another type.</exception>
internal delegate FieldValue FieldReader(ref Utf8JsonReader reader);

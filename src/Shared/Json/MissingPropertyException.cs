using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>A record lacks a property that its definition promises, as when the definition has changed.</summary>
internal sealed class MissingPropertyException(string message) : JsonException(message);

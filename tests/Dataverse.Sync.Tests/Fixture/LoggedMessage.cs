using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>One log message.</summary>
internal sealed record LoggedMessage(
    string Category,
    LogLevel Level,
    EventId Event,
    string Text,
    IReadOnlyList<KeyValuePair<string, object?>> Values,
    Exception? Exception)
{
    /// <summary>Everything that a log could show of the message.</summary>
    public string Everything =>
        $"{Category} {Event} {Text} {string.Join(' ', Values.Select(value => $"{value.Key}={value.Value}"))} {Exception}";
}

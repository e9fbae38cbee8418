using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.TestSupport;

/// <summary>A message of the log.</summary>
internal sealed record RecordedMessage(LogLevel Level, string? Event, string Text, Exception? Exception);

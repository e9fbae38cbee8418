using System.Text.RegularExpressions;

namespace Dataverse.Sync.Shared;

/// <summary>Translates the error of a refused write to a <see cref="WriteStatus"/>.</summary>
internal static partial class RefusalRules
{
    /// <summary>The status that an error code means; null when the code decides nothing.</summary>
    /// <param name="write">The write.</param>
    /// <param name="code">The error code; null where the response has none.</param>
    /// <param name="message">The text of the error.</param>
    public static WriteStatus? StatusOf(PendingWrite write, uint? code, string? message) => code switch
    {
        ErrorCodes.ObjectDoesNotExist => StatusOfMissing(write, message),
        ErrorCodes.VersionMismatch => WriteStatus.VersionMismatch,
        ErrorCodes.DuplicateRecord or ErrorCodes.DuplicateAlternateKey or ErrorCodes.DuplicateCurrencyCode => WriteStatus.AlreadyExists,
        _ when ErrorCodes.IsTransient(code) => WriteStatus.Transient,
        _ => null,
    };

    /// <summary>The status of a write for which a record does not exist: its own, or one that it refers to.</summary>
    /// <remarks>
    /// The same code is about either; only the ids in the text tell them apart. A text without an id is about the
    /// written record, unless the write holds references.
    /// </remarks>
    public static WriteStatus StatusOfMissing(PendingWrite write, string? message)
    {
        if (write.Kind == WriteKind.Insert || !IsAboutRecord(write, message ?? string.Empty))
        {
            return WriteStatus.Rejected;
        }

        return write.Kind == WriteKind.Delete ? WriteStatus.Applied : WriteStatus.NotFound;
    }

    /// <summary>Whether a refusal says that the table has no bulk messages.</summary>
    public static bool IsBulkUnavailable(uint? code, string? message) => code == ErrorCodes.UnknownSegment
        || (message is not null
            && (message.Contains("is not enabled on the entity", StringComparison.OrdinalIgnoreCase)
                || message.Contains("does not support entities of type", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The last id in a text, such as the address of a record; null when there is none.</summary>
    public static Guid? LastIdIn(string text) =>
        Identifiers().Matches(text) is { Count: > 0 } ids ? Guid.Parse(ids[^1].ValueSpan) : null;

    private static bool IsAboutRecord(PendingWrite write, string message)
    {
        var ids = Identifiers().Matches(message);
        return ids.Count == 0
            ? !write.Operation.Fields.Any(field => field.Value.Kind is FieldValueKind.Reference or FieldValueKind.Identifier)
            : ids.Any(match => Guid.Parse(match.ValueSpan) == write.Id);
    }

    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifiers();
}

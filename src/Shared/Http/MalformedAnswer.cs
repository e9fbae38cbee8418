using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>What may be said of an answer that no sense can be made of.</summary>
internal static class MalformedAnswer
{
    /// <summary>The failure of a call whose answer is not what the protocol says.</summary>
    /// <remarks>The parsers' own messages quote what they stumbled over, which may be a value; only ours are passed on.</remarks>
    public static ConnectorException Of(string connector, string operation, Exception cause) => new(
        connector,
        ConnectorFailure.MalformedAnswer,
        $"{connector}: {operation}: {(IsOurs(cause) ? cause.Message : "The answer cannot be parsed.")}",
        cause);

    public static ConnectorException Of(string connector, string operation, string problem) =>
        Of(connector, operation, new JsonException(problem));

    // The reader throws a type of its own, the serializer sets the path; neither is true of ours.
    private static bool IsOurs(Exception cause) => cause is JsonException { Path: null } && cause.GetType() == typeof(JsonException);
}

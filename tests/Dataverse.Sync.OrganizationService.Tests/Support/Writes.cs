namespace Dataverse.Sync.OrganizationService.Tests;

/// <summary>Writes of the tests, which send them to one table.</summary>
internal static class Writes
{
    public static Guid One { get; } = new("00000000-0000-4000-8000-000000000001");

    public static Guid Two { get; } = new("00000000-0000-4000-8000-000000000002");

    public static Guid Three { get; } = new("00000000-0000-4000-8000-000000000003");

    public static WriteOperation Insert(Guid id, params (string Field, FieldValue Value)[] fields) =>
        Operation(WriteKind.Insert, id, null, fields.Length > 0 ? fields : [("name", FieldValue.Text("A"))]);

    public static WriteOperation Update(Guid id, string? version, params (string Field, FieldValue Value)[] fields) =>
        Operation(WriteKind.Update, id, version, fields.Length > 0 ? fields : [("name", FieldValue.Text("A"))]);

    public static WriteOperation Delete(Guid id, string? version = null) => Operation(WriteKind.Delete, id, version, []);

    public static async Task<IReadOnlyList<WriteResult>> WriteAsync(StubOrganization service, params WriteOperation[] operations)
    {
        using var connector = service.Connect();
        return await connector.WriteAsync(new WriteBatch("account", operations), default);
    }

    public static async Task<WriteResult> WriteOneAsync(StubOrganization service, WriteOperation operation) =>
        (await WriteAsync(service, operation)).Should().ContainSingle().Subject;

    private static WriteOperation Operation(WriteKind kind, Guid id, string? version, (string Field, FieldValue Value)[] fields) => new()
    {
        Kind = kind,
        Id = id,
        ExpectedVersion = version,
        Fields = [.. fields.Select(field => new FieldWrite(field.Field, field.Value))],
    };
}

using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Create, retrieve, update, upsert and delete of single rows.</summary>
internal sealed class RowEndpoint(
    DataverseEmulatorOptions options, DataverseRowWriter writer, QueryEvaluation evaluation)
{
    public EmulatorResponse Create(
        ApiRequest request, DataverseTableSchema table, Func<RowChange, RowChange>? complete = null)
    {
        OptionRules.Row(request);
        var row = request.Session.Write(transaction =>
        {
            var change = ReadChange(request, transaction, table, isCreate: true);
            return writer.Create(transaction, table, complete is null ? change : complete(change));
        });
        return request.Prefer.ReturnRepresentation
            ? Representation(request, 201, table, row, withExpand: true)
            : Written(request, $"{table.SetName}({row.Id})");
    }

    public EmulatorResponse Retrieve(ApiRequest request, RowAddress address)
    {
        OptionRules.Row(request);
        var row = address.Get(request.Session.State);
        if (request.Header("If-None-Match") is { } tag && address.Table.Definition.OptimisticConcurrency
            && !request.Options.ContainsKey("$expand") && WriteCondition.VersionOf(tag) == row.Version)
        {
            return DataverseResponses.Empty(304).WithHeader("ETag", row.ETag);
        }

        return request.Prefer.Applied(Body(request, 200, address.Table, row, withExpand: true));
    }

    public EmulatorResponse Upsert(ApiRequest request, RowAddress address)
    {
        OptionRules.Row(request);
        var condition = WriteCondition.Of(request);
        var (row, isNew) = request.Session.Write(transaction =>
        {
            var change = ReadChange(
                request, transaction, address.Table, isCreate: address.Find(transaction.State) is null);
            return Upsert(transaction, address, change, condition);
        });
        return request.Prefer.ReturnRepresentation
            ? Representation(request, isNew ? 201 : 200, address.Table, row, withExpand: false)
            : Written(request, address.Id is null ? request.Resource : $"{address.Table.SetName}({row.Id})");
    }

    /// <summary>Updates the row, or creates it under its address, as the condition allows.</summary>
    public (DataverseRow Row, bool IsNew) Upsert(
        DataverseTransaction transaction, RowAddress address, RowChange change, WriteCondition condition)
    {
        if (address.Find(transaction.State) is { } row)
        {
            if (condition.MustNotExist)
            {
                throw DataverseErrors.Duplicate();
            }

            condition.Check(address.Table, row);
            return (writer.Update(transaction, address.Table, row, WithoutKey(change, address)), false);
        }

        if (condition.MustExist)
        {
            throw Missing(address, condition);
        }

        var complete = address.Id is { } id
            ? change with { Id = id }
            : address.KeyValues.Aggregate(
                change,
                (current, pair) => current.TryGet(pair.Key, out _) ? current : current.With(pair.Key, pair.Value));
        return (writer.Create(transaction, address.Table, complete), true);
    }

    public EmulatorResponse Delete(ApiRequest request, RowAddress address)
    {
        OptionRules.None(request);
        var condition = WriteCondition.Of(request);
        return request.Session.Write(transaction =>
        {
            var row = address.Get(transaction.State);
            condition.Check(address.Table, row);
            writer.Delete(transaction, address.Table, row);
            return DataverseResponses.Empty();
        });
    }

    /// <summary>Writes columns of an existing row: single-column PUT and DELETE, and <c>$ref</c>.</summary>
    public EmulatorResponse SetColumn(
        ApiRequest request, RowAddress address, Func<DatabaseState, (string Column, object? Value)> value)
    {
        var condition = WriteCondition.Of(request);
        return request.Session.Write(transaction =>
        {
            var row = address.Get(transaction.State);
            condition.Check(address.Table, row);
            var (column, wanted) = value(transaction.State);
            _ = writer.Update(
                transaction, address.Table, row, new RowChange(new Dictionary<string, object?> { [column] = wanted }));
            return DataverseResponses.Empty();
        });
    }

    public EmulatorResponse Body(
        ApiRequest request, int status, DataverseTableSchema table, DataverseRow row, bool withExpand)
    {
        var scope = request.Scope();
        var query = QueryEvaluation.Parse(scope.State.Schema, table, request.Options);
        if (!withExpand)
        {
            query = query with { Expand = [] };
        }

        return DataverseResponses.Json(status, json =>
        {
            json.WriteString(
                "@odata.context", $"{request.Root}$metadata#{table.SetName}{RowSerializer.ContextList(query)}/$entity");
            new RowSerializer(scope, request.Prefer.Annotations, request.Root, evaluation).WriteMembers(
                json, row, query);
        }).WithHeader("ETag", row.ETag);
    }

    public RowReferences References(ApiRequest request, DatabaseState state) =>
        new(state, request.ContentIds, options.MissingLookupTargetStatus);

    private RowChange ReadChange(
        ApiRequest request, DataverseTransaction transaction, DataverseTableSchema table, bool isCreate) =>
        new PayloadReader(transaction.State, References(request, transaction.State)).Read(
            table, request.JsonBody(), isCreate);

    private EmulatorResponse Representation(
        ApiRequest request, int status, DataverseTableSchema table, DataverseRow row, bool withExpand)
    {
        var response = request.Prefer.Applied(Body(request, status, table, row, withExpand));
        var applied = response.Headers.TryGetValue("Preference-Applied", out var others)
            ? $"return=representation,{others}"
            : "return=representation";
        return response.WithHeader("Preference-Applied", applied);
    }

    private static EmulatorResponse Written(ApiRequest request, string resource) =>
        DataverseResponses.Empty().WithHeader("OData-EntityId", request.Root + resource);

    // A row cannot be renamed through its own key.
    private static RowChange WithoutKey(RowChange change, RowAddress address) => address.Key is null
        ? change
        : change with
        {
            Values = change.Values.Where(pair => !address.KeyValues.ContainsKey(pair.Key))
                .ToDictionary(StringComparer.Ordinal),
        };

    private DataverseErrorException Missing(RowAddress address, WriteCondition condition)
    {
        var missing = address.Missing();
        if (condition.Version is null || options.MissingRowWithVersionStatus == missing.Status)
        {
            return missing;
        }

        return options.MissingRowWithVersionStatus == 412
            ? DataverseErrors.VersionMismatch()
            : new DataverseErrorException(options.MissingRowWithVersionStatus, missing.Code, missing.Message);
    }
}

using Reqnroll.Assist;

namespace Reqnroll;

/// <summary>Makes objects from tables.</summary>
internal static class TableExtensions
{
    /// <summary>One object, from a table of two columns (member, value) or of one row (members as header).</summary>
    public static T CreateInstance<T>(this Table table, InstanceCreationOptions? options = null)
        => (T)new InstanceFactory(typeof(T), options).Create(TableShape.CellsOfOne(table, typeof(T)));

    /// <summary>The same, on an object from a factory.</summary>
    public static T CreateInstance<T>(this Table table, Func<T> factory, InstanceCreationOptions? options = null)
        where T : notnull
    {
        var instance = factory();
        table.FillInstance(instance, options);
        return instance;
    }

    /// <summary>Sets the members that the table names.</summary>
    public static void FillInstance(this Table table, object instance, InstanceCreationOptions? options = null)
        => new InstanceFactory(instance.GetType(), options).Fill(instance, TableShape.CellsOfOne(table, instance.GetType()));

    /// <summary>One object for each row.</summary>
    public static IEnumerable<T> CreateSet<T>(this Table table, InstanceCreationOptions? options = null)
    {
        var factory = new InstanceFactory(typeof(T), options);
        return [.. table.Rows.Select(row => (T)factory.Create(TableShape.CellsOf(row)))];
    }

    /// <summary>The same, on objects from a factory.</summary>
    public static IEnumerable<T> CreateSet<T>(this Table table, Func<T> factory, InstanceCreationOptions? options = null)
        where T : notnull
        => table.CreateSet(_ => factory(), options);

    /// <summary>The same, on objects from a factory that sees the row.</summary>
    public static IEnumerable<T> CreateSet<T>(this Table table, Func<DataTableRow, T> factory, InstanceCreationOptions? options = null)
        where T : notnull
    {
        var filler = new InstanceFactory(typeof(T), options);
        return [.. table.Rows.Select(row =>
        {
            // Boxed, so that the members of a value type can be set.
            object instance = factory(row);
            filler.Fill(instance, TableShape.CellsOf(row));
            return (T)instance;
        })];
    }
}
